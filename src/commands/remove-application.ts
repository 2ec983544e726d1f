import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {applicationArg, applicationIdentity} from '../cli/flags/application.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {applicationView} from '../cli/views/application-view.ts'
import {applicationWork} from '../lib/administration/application-resources.ts'
import {planApplicationRemoval} from '../lib/administration/plan-application.ts'
import type {Application} from '../lib/model/application.ts'

export default class RemoveApplication extends ChangeCommand<Application> {
  static override topic = 'Application'
  static override summary = 'Remove an application with its service principal: nobody signs in with it any more.'
  static override aliases = ['remove-msolserviceprincipal']
  static override examples = ['<%= config.bin %> <%= command.id %> Payroll --force']
  static override args = {application: applicationArg}
  static override flags = applicationIdentity
  protected override readonly view = applicationView

  override async prepare(given: CommandParameters<typeof RemoveApplication>): Promise<Change<Application>> {
    const graph = await this.context.graph()
    const application = await graph.applications.get(given.application)
    const {resources} = applicationWork(graph, {application, certificates: new Map(), secret: {}})
    return {
      plan: await this.plan(application.displayName, [planApplicationRemoval(application)]),
      resources,
      isDestructive: true,
    }
  }
}
