import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {
  applicationArg,
  applicationChangeFlags,
  applicationIdentity,
  applicationPropertyFlags,
  readCertificateFlags,
  toWantedApplication,
  toWantedSecret,
} from '../cli/flags/application.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {applicationSecretView} from '../cli/views/application-view.ts'
import {applicationWork} from '../lib/administration/application-resources.ts'
import {getApplication} from '../lib/administration/get-application.ts'
import {planApplicationChange} from '../lib/administration/plan-application.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Application} from '../lib/model/application.ts'

type ChangedApplication = Application & {readonly secret?: string}

export default class SetApplication extends ChangeCommand<ChangedApplication> {
  static override topic = 'Application'
  static override summary = 'Change what an application is called, what it may and what it signs in with.'
  static override aliases = ['set-msolserviceprincipal']
  static override examples = [
    '<%= config.bin %> <%= command.id %> Payroll --permission Domain.Read.All --remove-permission User.Read.All',
    '<%= config.bin %> <%= command.id %> Payroll --new-secret --secret-expires-in 90d',
    '<%= config.bin %> <%= command.id %> Payroll --account-enabled false',
  ]
  static override args = {application: applicationArg}
  static override flags = {...applicationIdentity, ...applicationPropertyFlags, ...applicationChangeFlags}
  protected override readonly view = applicationSecretView

  override async prepare(given: CommandParameters<typeof SetApplication>): Promise<Change<ChangedApplication>> {
    const now = this.context.now()
    const certificates = await readCertificateFlags(given.certificate, now)
    const graph = await this.context.graph()
    const {graphPermissions} = graph
    const application = await getApplication(graph, given.application)
    const wanted = toWantedApplication(application, {
      ...given,
      permission: await graphPermissions.known('application', given.permission ?? []),
      delegatedPermission: await graphPermissions.known('delegated', given.delegatedPermission ?? []),
      certificate: [...certificates.keys()],
    })
    if (Object.values(wanted).every((value) => value === undefined))
      throw new FedctlError('Usage', 'set-application has nothing to set.', {
        hints: ['Say what, as in --permission User.Read.All or --new-secret.'],
      })
    const {resources, made} = applicationWork(graph, {application, certificates, secret: toWantedSecret(given, now)})
    return {
      plan: await this.plan(application.displayName, planApplicationChange(application, wanted)),
      resources,
      async *result() {
        if (made.secret !== undefined)
          yield {secret: made.secret, ...(await getApplication(graph, application.objectId))}
      },
    }
  }
}
