import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import * as Flags from '@oclif/core/flags'
import {commandLineText} from '../cli/command-line-text.ts'
import {FedctlCommand} from '../cli/fedctl-command.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {quickstartSteps} from '../cli/quickstart-steps.ts'
import {type QuickstartFolder, quickstartView} from '../cli/views/quickstart-view.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {makeFolder} from '../lib/files/make-folder.ts'

export default class Quickstart extends FedctlCommand<QuickstartFolder> {
  static override topic = 'Start'
  static override summary =
    'Federate a domain of a new tenant of the embedded directory, step by step, without a question.'
  static override description = 'Runs the very lines it prints, each as a process of its own, in a folder of its own.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = {
    folder: Flags.string({summary: 'Where the files go; a new temporary folder when nothing is said.'}),
  }
  protected override readonly view = quickstartView
  protected override readonly usualOutput = 'list'

  override async *records({folder}: CommandParameters<typeof Quickstart>): AsyncIterable<QuickstartFolder> {
    const {terminal, runAgain} = this.context
    const home = folder === undefined ? await mkdtemp(join(tmpdir(), 'fedctl-quickstart-')) : resolve(folder)
    await makeFolder(home)
    for (const {says, argv} of quickstartSteps(home)) {
      terminal.write(`\n# ${says}\n$ ${commandLineText(argv)}\n`)
      const exitCode = await runAgain(argv, home)
      if (exitCode !== 0)
        throw new FedctlError('PartlyDone', `The quickstart stopped: fedctl ${argv[0]} ended with ${exitCode}.`, {
          hints: [`What it made is in ${home}.`],
        })
    }
    terminal.write(`\n# What it made is in a folder of its own. To go on with it:\n$ export FEDCTL_HOME=${home}\n`)
    yield {folder: home}
  }
}
