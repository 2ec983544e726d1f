import {type Change, ChangeCommand} from '../cli/change-command.ts'
import {
  applicationPropertyFlags,
  newApplicationArg,
  newApplicationIdentity,
  readCertificateFlags,
  toWantedSecret,
} from '../cli/flags/application.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {applicationSecretView} from '../cli/views/application-view.ts'
import {applicationWork} from '../lib/administration/application-resources.ts'
import {getApplication} from '../lib/administration/get-application.ts'
import {planNewApplication} from '../lib/administration/plan-application.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {Application} from '../lib/model/application.ts'

type CreatedApplication = Application & {readonly secret?: string}

export default class NewApplication extends ChangeCommand<CreatedApplication> {
  static override topic = 'Application'
  static override summary = 'Register an application that signs in by itself or for users; a secret is shown once.'
  static override aliases = ['new-msolserviceprincipal']
  static override examples = [
    '<%= config.bin %> <%= command.id %> Pipeline --permission User.Read.All --new-secret',
    '<%= config.bin %> <%= command.id %> Synchronisation --permission User.ReadWrite.All --certificate signing.pem',
    '<%= config.bin %> <%= command.id %> Portal --delegated-permission User.Read --redirect-uri https://portal.contoso.com/',
  ]
  static override args = {application: newApplicationArg}
  static override flags = {...newApplicationIdentity, ...applicationPropertyFlags}
  protected override readonly view = applicationSecretView

  override async prepare(given: CommandParameters<typeof NewApplication>): Promise<Change<CreatedApplication>> {
    const {application: name, identifierUri, redirectUri, newSecret} = given
    const now = this.context.now()
    const graph = await this.context.graph()
    if ((await graph.applications.find(name)) !== undefined)
      throw new FedctlError('AlreadyExists', `There is an application ${name} already.`)
    const certificates = await readCertificateFlags(given.certificate, now)
    const {graphPermissions} = graph
    const wanted = {
      ...(identifierUri === undefined ? {} : {identifierUris: identifierUri}),
      ...(redirectUri === undefined ? {} : {redirectUris: redirectUri}),
      permissions: await graphPermissions.known('application', given.permission ?? []),
      delegatedPermissions: await graphPermissions.known('delegated', given.delegatedPermission ?? []),
      certificates: [...certificates.keys()],
      newSecret,
    }
    const {resources, made} = applicationWork(graph, {certificates, secret: toWantedSecret(given, now)})
    return {
      plan: await this.plan(name, planNewApplication(name, wanted)),
      resources,
      async *result() {
        const {objectId = name, secret} = made
        yield {...(secret === undefined ? {} : {secret}), ...(await getApplication(graph, objectId))}
      },
    }
  }
}
