import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {federate, newDomain, newProvider, newToken, newUser, postToken} from '../../parts/sign-in-lab.ts'

const ada = 'AAECAwQFBgcICQoLDA0ODw=='
let lab: TestDirectory
let contoso: TestTenant
let path = ''
beforeAll(async () => {
  lab = await openTestDirectory()
  contoso = await lab.newTenant('contoso.onmicrosoft.com')
  const sts = await newProvider('urn:contoso')
  await newDomain(contoso, 'contoso.test')
  await federate(contoso, 'contoso.test', sts)
  await newUser(contoso, 'ada@contoso.test', ada)
  const {json} = await postToken(lab, await newToken(lab, sts, {immutableId: ada}))
  path = `/fedctl/v1/sessions/${json['sessionId']}`
})
afterAll(() => lab.close())

test('a session is ended by its tenant alone, and once', async () => {
  const {send: sendOther} = await lab.newTenant('fabrikam.onmicrosoft.com')
  expect((await sendOther('DELETE', path)).status).toBe(404)
  expect((await lab.ownerSend('DELETE', path)).status).toBe(403)
  expect((await lab.directory.fetch({method: 'DELETE', url: `http://d.test${path}`, headers: {}})).status).toBe(401)
  expect((await contoso.send('DELETE', path)).status).toBe(204)
  expect((await contoso.send('DELETE', path)).status).toBe(404)
})
