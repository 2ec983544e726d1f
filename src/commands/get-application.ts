import {FedctlCommand} from '../cli/fedctl-command.ts'
import {applicationIdentity, optionalApplicationArg} from '../cli/flags/application.ts'
import {listingFlags} from '../cli/flags/common-flags.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {applicationView} from '../cli/views/application-view.ts'
import {getApplication} from '../lib/administration/get-application.ts'
import type {Application} from '../lib/model/application.ts'

export default class GetApplication extends FedctlCommand<Application> {
  static override topic = 'Application'
  static override summary = 'Get the applications of the tenant; of one that is named also what it may.'
  static override aliases = ['get-msolserviceprincipal']
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> Payroll',
    '<%= config.bin %> <%= command.id %> --property displayName,secrets,certificates --output json',
  ]
  static override args = {application: optionalApplicationArg}
  static override flags = {...applicationIdentity, ...listingFlags}
  protected override readonly view = applicationView

  override async *records({application}: CommandParameters<typeof GetApplication>): AsyncIterable<Application> {
    const graph = await this.context.graph()
    if (application === undefined) yield* graph.applications.list()
    else yield getApplication(graph, application)
  }
}
