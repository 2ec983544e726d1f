import type {openWorld} from '../fedctl.ts'
import {openTestDirectory, type TestDirectory, type TestTenant} from './open-test-directory.ts'
import {federate, newDomain, newUser, postForm, type SignInReply} from './sign-in-lab.ts'

/** A directory that believes a provider which runs beside it, by the real clock. */
export interface LiveTrust {
  readonly lab: TestDirectory
  readonly contoso: TestTenant
  /** Posts the fields of a form to /login.srf, now. */
  post(fields: Readonly<Record<string, string>>): Promise<SignInReply>
}

/** Where the forms of the providers in ../shared/peers go: no name of the cloud's, so the directory has to be told. */
const replyAddress = 'http://127.0.0.1:9999/login.srf'

/** Federates the domain syfuhs.net with a provider by what get-identity-provider reads in its metadata; it has one user, named as no token says. */
export async function openLiveTrust(
  world: ReturnType<typeof openWorld>,
  {metadata, immutableId}: {readonly metadata: string; readonly immutableId: string},
): Promise<LiveTrust> {
  const lab = await openTestDirectory(undefined, [replyAddress])
  lab.clock.now = new Date()
  const contoso = await lab.newTenant()
  const {stdout} = await world.run('get-identity-provider', metadata, '--allow-http', '--output', 'json')
  const [{issuerUri: issuer, signingCertificate: certificate, nextSigningCertificate}] = JSON.parse(stdout)
  await newDomain(contoso, 'syfuhs.net')
  await federate(contoso, 'syfuhs.net', {issuer, certificate}, {nextSigningCertificate})
  await newUser(contoso, 'renamed@syfuhs.net', immutableId)
  return {
    lab,
    contoso,
    post(fields) {
      lab.clock.now = new Date()
      return postForm(lab, fields)
    },
  }
}
