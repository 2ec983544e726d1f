import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {applicationWork} from '../../../src/lib/administration/application-resources.ts'
import {getApplication} from '../../../src/lib/administration/get-application.ts'
import {
  planApplicationChange,
  planApplicationRemoval,
  planNewApplication,
} from '../../../src/lib/administration/plan-application.ts'
import {type GraphClient, openGraph} from '../../../src/lib/graph/graph-client.ts'
import type {HttpRequest} from '../../../src/lib/model/http-message.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {openTestDirectory, type TestDirectory} from '../../parts/open-test-directory.ts'
import {planOf} from '../../parts/plan-world.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

let lab: TestDirectory
let graph: GraphClient
/** Requests that are refused, as the service would that is down. */
let isRefused: (request: HttpRequest) => boolean = () => false

beforeAll(async () => {
  lab = await openTestDirectory()
  const tenant = await lab.newTenant()
  const authorization = `Bearer ${lab.directory.ticketFor({tenantId: tenant.id})}`
  graph = openGraph(
    async (request) =>
      isRefused(request)
        ? {status: 503, headers: {}, body: ''}
        : lab.directory.fetch({...request, headers: {...request.headers, authorization}}),
    'http://directory.test/v1.0',
  )
})
afterAll(() => lab.close())

const certificateOf = async (subject: string): Promise<[string, string]> => {
  const {certificate} = await signingIdentity(rsaKey(), {subject})
  return [certificate.thumbprint, Buffer.from(certificate.der).toString('base64')]
}

test('an application comes with permissions, certificates and a secret, and changes in all of them', async () => {
  const [one, other] = [await certificateOf('CN=one'), await certificateOf('CN=other')]
  const certificates = new Map([one, other])
  const first = applicationWork(graph, {certificates, secret: {displayName: 'nightly'}})
  const wanted = {permissions: ['User.Read.All'], delegatedPermissions: ['openid'], certificates: [one[0]]}
  await runPlan(planOf(...planNewApplication('Robot', {...wanted, newSecret: true})), first.resources)
  expect(first.made.secret).toHaveLength(40)
  const application = await getApplication(graph, 'Robot')
  expect(application).toMatchObject({
    permissions: ['User.Read.All'],
    delegatedPermissions: ['openid'],
    certificates: [{thumbprint: one[0]}],
    secrets: [{displayName: 'nightly', hint: first.made.secret?.slice(0, 3)}],
  })
  const oldSecrets = application.secrets.map(({keyId}) => keyId)
  const change = {
    permissions: ['Domain.Read.All'],
    delegatedPermissions: [],
    certificates: [one[0], other[0]],
    oldSecrets,
  }
  const second = applicationWork(graph, {application, certificates, secret: {}})
  await runPlan(planOf(...planApplicationChange(application, change)), second.resources)
  expect(await getApplication(graph, application.appId)).toMatchObject({
    permissions: ['Domain.Read.All'],
    delegatedPermissions: [],
    certificates: [{thumbprint: one[0]}, {thumbprint: other[0]}],
    secrets: [],
  })
})

test('when the last step fails, nothing of a new application is left', async () => {
  isRefused = ({url}) => url.endsWith('/addPassword')
  const {resources} = applicationWork(graph, {certificates: new Map(), secret: {}})
  const steps = planNewApplication('Unlucky', {permissions: ['User.Read.All'], newSecret: true})
  await expect(runPlan(planOf(...steps), resources)).rejects.toMatchObject({code: 'PlanFailed'})
  isRefused = () => false
  expect(await graph.applications.find('Unlucky')).toBeUndefined()
})

test('several applications of one name must be told apart', async () => {
  for (const _ of [1, 2]) await graph.applications.create({displayName: 'Twin'})
  await expect(graph.applications.get('Twin')).rejects.toMatchObject({code: 'Refused'})
})

test('a permission that Microsoft Graph does not have is not found', async () => {
  await expect(graph.graphPermissions.known('application', ['User.Read'])).rejects.toMatchObject({code: 'NotFound'})
  expect(await graph.graphPermissions.known('delegated', ['user.read'])).toEqual(['User.Read'])
})

test('an application that was removed comes back with what it may', async () => {
  const application = await getApplication(graph, 'Robot')
  const {resources} = applicationWork(graph, {application, certificates: new Map(), secret: {}})
  const step = planApplicationRemoval(application)
  await runPlan(planOf(step), resources)
  expect(await graph.applications.find('Robot')).toBeUndefined()
  await resources['application place']?.write(step, 'present')
  expect(await getApplication(graph, 'Robot')).toEqual(application)
})
