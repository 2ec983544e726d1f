import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Confirmation, Prompts} from './terminal.ts'

/** Questions by inquirer, on standard error, so that standard output stays data. It is loaded with the first question. */
export const inquirerPrompts: Prompts = {
  confirm: (question) => inquire<Confirmation>(question, 'expand', {choices: confirmations, default: 'y'}),
  choose: (question, choices) => inquire(question, 'select', {choices}),
  password: (question) => inquire(question, 'password', {mask: '*'}),
  input: (question) => inquire(question, 'input', {}),
}

const confirmations: readonly {key: string; name: string; value: Confirmation}[] = [
  {key: 'y', name: 'Yes', value: 'yes'},
  {key: 'a', name: 'Yes to All', value: 'yes to all'},
  {key: 'n', name: 'No', value: 'no'},
  {key: 'l', name: 'No to All', value: 'no to all'},
]

async function inquire<Answer>(message: string, type: string, options: object): Promise<Answer> {
  const {default: inquirer} = await import('inquirer')
  const prompt = inquirer.createPromptModule({output: process.stderr})
  try {
    const {answer} = (await prompt([{name: 'answer', message, type, ...options} as never])) as {answer: unknown}
    return answer as Answer
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExitPromptError')) throw error
    throw new FedctlError('Interrupted', 'Stopped at a question: nothing was changed.', {cause: error})
  }
}
