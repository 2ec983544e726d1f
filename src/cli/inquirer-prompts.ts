import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {harmlessText} from './harmless-text.ts'
import type {Confirmation, Prompts} from './terminal.ts'

/** Questions by inquirer, on standard error, so that standard output stays data. It is loaded with the first question. */
export const inquirerPrompts: Prompts = {
  async confirm(question) {
    const letter = await inquire<string>(`${question}\n  ${choices}`, 'input', {default: 'N', validate: isChoice})
    return confirmations[letter.trim().charAt(0).toLowerCase() as keyof typeof confirmations]
  },
  choose: (question, choices) => inquire(question, 'select', {choices}),
  password: (question) => inquire(question, 'password', {mask: '*'}),
  input: (question) => inquire(question, 'input', {}),
}

// As PowerShell asks. Its answer to a mere Enter is yes; here that must not destroy anything.
const choices = '[Y] Yes  [A] Yes to All  [N] No  [L] No to All'
const confirmations = {y: 'yes', a: 'yes to all', n: 'no', l: 'no to all'} as const satisfies Record<
  string,
  Confirmation
>
const isChoice = (text: string): boolean | string => /^\s*(?:y|yes|a|n|no|l)\s*$/i.test(text) || 'Y, A, N or L?'

async function inquire<Answer>(message: string, type: string, options: object): Promise<Answer> {
  const {default: inquirer} = await import('inquirer')
  const prompt = inquirer.createPromptModule({output: process.stderr})
  try {
    const {answer} = (await prompt([{name: 'answer', message: harmlessText(message), type, ...options} as never])) as {
      answer: unknown
    }
    return answer as Answer
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExitPromptError')) throw error
    throw new FedctlError('Interrupted', 'Stopped at a question: nothing was changed.', {cause: error})
  }
}
