import type {Prompts, Terminal} from './terminal.ts'

/** The terminal of this process. A closed pipe (EPIPE) ends it quietly, as `| head` expects. */
export function processTerminal(environment: Readonly<Record<string, string | undefined>>): Terminal {
  const {stdin, stdout, stderr} = process
  for (const stream of [stdout, stderr]) stream.on('error', endQuietlyOnClosedPipe)
  const noColor = environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== ''
  const forced = environment['FORCE_COLOR'] !== undefined && environment['FORCE_COLOR'] !== '0'
  return {
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    outputIsTerminal: stdout.isTTY === true,
    width: stdout.isTTY === true ? stdout.columns : undefined,
    hasColors: !noColor && (forced || (stdout.isTTY === true && environment['TERM'] !== 'dumb')),
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
    prompts: inquirerPrompts,
  }
}

function endQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

/** Questions by inquirer, on standard error, so that standard output stays data. It is loaded with the first question. */
const inquirerPrompts: Prompts = {
  async confirm(question) {
    return inquire(question, 'expand', {
      expanded: true,
      default: 'y',
      choices: [
        {key: 'y', name: 'Yes', value: 'yes'},
        {key: 'a', name: 'Yes to All', value: 'yes to all'},
        {key: 'n', name: 'No', value: 'no'},
        {key: 'l', name: 'No to All', value: 'no to all'},
      ],
    })
  },
  choose: (question, choices) => inquire(question, 'select', {choices}),
  password: (question) => inquire(question, 'password', {mask: '*'}),
  input: (question) => inquire(question, 'input', {}),
}

async function inquire<Answer>(message: string, type: string, options: object): Promise<Answer> {
  const {default: inquirer} = await import('inquirer')
  const prompt = inquirer.createPromptModule({output: process.stderr})
  const {answer} = (await prompt([{name: 'answer', message, type, ...options} as never])) as {answer: unknown}
  return answer as Answer
}
