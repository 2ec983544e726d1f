import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import type {SigningCertificate} from '../../../src/lib/certificates/signing-certificate.ts'
import {adfsSettings} from '../../../src/lib/relying-party/adfs-settings.ts'
import {readFederationMetadata} from '../../../src/lib/relying-party/read-federation-metadata.ts'
import {tellCertificatesApart} from '../../../src/lib/relying-party/tell-certificates-apart.ts'
import {toFederationSettings} from '../../../src/lib/relying-party/to-federation-settings.ts'
import {adfsMetadata, signMetadata} from '../../parts/adfs-metadata.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const key = rsaKey()
const made = (name: string, begin: string, end = '2027-12-31') =>
  signingIdentity(key, {subject: `CN=${name}`, notBefore: new Date(begin), notAfter: new Date(end)})
const now = new Date('2026-11-21T18:00:00Z')
const older = await made('ADFS Signing - sts.contoso.com', '2026-01-10T08:00:00Z')
const newer = await made('ADFS Signing - sts.contoso.com', '2026-11-10T08:00:00Z')
const {certificate: encryption} = await made('ADFS Encryption - sts.contoso.com', '2026-01-10T08:00:00Z')
const host = 'sts.contoso.com'
const options = {source: 'metadata.xml', now}
const base64 = ({der}: SigningCertificate) => Buffer.from(der).toString('base64')

describe('the metadata of AD FS', () => {
  const text = adfsMetadata({host, signing: [newer.certificate, older.certificate], encryption})

  test('is read by both protocols, the current certificate told from the next whatever their order', async () => {
    const description = await readFederationMetadata(`\uFEFF${text}`, options)
    const {metadataUri: _, ...wellKnown} = adfsSettings('STS.contoso.com')
    const certificates = {
      signingCertificate: base64(older.certificate),
      nextSigningCertificate: base64(newer.certificate),
    }
    expect(toFederationSettings(description)).toEqual({...wellKnown, federationBrandName: 'Contoso', ...certificates})
    expect(toFederationSettings(description, 'Samlp')).toEqual({
      activeLogOnUri: 'https://sts.contoso.com/adfs/ls/',
      federationBrandName: 'Contoso',
      issuerUri: 'http://sts.contoso.com/adfs/services/trust',
      logOffUri: 'https://sts.contoso.com/adfs/ls/',
      passiveLogOnUri: 'https://sts.contoso.com/adfs/ls/',
      preferredAuthenticationProtocol: 'Samlp',
      ...certificates,
    })
    expect(description).toMatchObject({verified: false, findings: []})
    expect(description.roles.map(({certificates: {toldApartBy}}) => toldApartBy)).toEqual(['validity', 'validity'])
  })

  test('after a promotion the key that signs the metadata is the current one, and the old one is not the next', async () => {
    const description = await readFederationMetadata(signMetadata(text, newer), options)
    expect(toFederationSettings(description)?.signingCertificate).toBe(base64(newer.certificate))
    expect(toFederationSettings(description)?.nextSigningCertificate).toBeUndefined()
    expect(description.roles[0]?.certificates.toldApartBy).toBe('metadata signature')
    expect(description.findings).toMatchObject([{code: 'SigningCertificatesLeftOut'}])
  })

  test('the thumbprint an administrator names decides', async () => {
    const signingThumbprint = newer.certificate.thumbprint.toLowerCase().replaceAll(/(..)(?=.)/g, '$1:')
    const description = await readFederationMetadata(text, {...options, signingThumbprint})
    expect(description.roles[0]?.certificates).toMatchObject({toldApartBy: 'choice', current: newer.certificate})
    await expect(readFederationMetadata(text, {...options, signingThumbprint: '00'})).rejects.toThrow('thumbprint 00')
  })

  test('signed by the certificate asked for, it is read from what is signed', async () => {
    const trusted = {...options, signedBy: older.certificate}
    const description = await readFederationMetadata(signMetadata(text, older), trusted)
    expect(description).toMatchObject({verified: true, issuerUri: 'http://sts.contoso.com/adfs/services/trust'})
  })

  test('refused where a signature is asked for: no signature, one changed byte, another key', async () => {
    const trusted = {...options, signedBy: older.certificate}
    await expect(readFederationMetadata(text, trusted)).rejects.toThrow('it is not signed')
    const changed = signMetadata(text, older).replaceAll('/adfs/ls/', '/adfs/lz/')
    await expect(readFederationMetadata(changed, trusted)).rejects.toThrow('not what was signed')
    const foreign = signMetadata(text, await signingIdentity(rsaKey()))
    await expect(readFederationMetadata(foreign, trusted)).rejects.toThrow('not made with the key')
  })
})

describe('lists of entities', () => {
  const entity = (name: string) =>
    adfsMetadata({host: name, signing: [older.certificate], encryption}).replace(/<\?xml.*?\?>/, '')
  const list = (...entities: string[]) =>
    `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${entities.join('')}</EntitiesDescriptor>`
  const serviceProvider =
    '<EntityDescriptor entityID="urn:sp"><SPSSODescriptor protocolSupportEnumeration="x"/></EntityDescriptor>'

  test('one identity provider among others is found', async () => {
    const text = list(serviceProvider, list(entity('a.test')))
    expect(await readFederationMetadata(text, options)).toMatchObject({issuerUri: 'http://a.test/adfs/services/trust'})
  })

  test('of several one must be named; the error lists them', async () => {
    const text = list(entity('b.test'), entity('a.test'))
    await expect(readFederationMetadata(text, options)).rejects.toMatchObject({
      code: 'MetadataUnreadable',
      message: expect.stringContaining('it describes 2 identity providers'),
      details: ['http://a.test/adfs/services/trust', 'http://b.test/adfs/services/trust'],
    })
    const issuerUri = 'http://b.test/adfs/services/trust'
    expect(await readFederationMetadata(text, {...options, issuerUri})).toMatchObject({issuerUri})
    await expect(readFederationMetadata(text, {...options, issuerUri: 'urn:x'})).rejects.toThrow('not describe urn:x')
  })

  test.each([
    ['a list of service providers', list(serviceProvider), 'without an identity provider'],
    [
      'a service provider',
      serviceProvider.replace('entityID', 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID'),
      'describes a service provider (urn:sp)',
    ],
    ['nothing', ' \n', 'it is empty'],
    ['a web page', '<!DOCTYPE html><html><head><title>Sign in</title></head></html>', 'it is a web page ("Sign in")'],
    ['JSON', '{"issuer":"https://x"}', 'it is JSON'],
    ['OpenID Connect discovery', '{"authorization_endpoint":"https://x"}', 'OpenID Connect discovery'],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${base64(older.certificate)}`, 'it is a certificate'],
    ['a private key', key, 'it is a private key'],
    ['another document', '<Response xmlns="urn:x"/>', 'its root element is Response (urn:x)'],
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///y">]><x>&y;</x>', 'DOCTYPE'],
    ['more than 4 MiB', `<a>${'x'.repeat(4 * 1024 * 1024)}</a>`, 'more than 4194304'],
    [
      'no signing certificate',
      entity('a.test').replaceAll(/<KeyDescriptor use="signing".*?<\/KeyDescriptor>/g, ''),
      'publishes no signing certificate',
    ],
    [
      'a damaged certificate',
      entity('a.test').replaceAll(base64(older.certificate), base64(older.certificate).slice(0, 400)),
      'a certificate in it is not readable',
    ],
  ])('refused, saying what it is instead: %s', async (_what, text, problem) => {
    await expect(readFederationMetadata(text, options)).rejects.toMatchObject({
      code: 'MetadataUnreadable',
      message: expect.stringContaining(problem),
    })
  })
})

describe('certificates with the same beginning', () => {
  const certificate = async (...[name, begin, end]: Parameters<typeof made>) =>
    (await made(name, begin, end)).certificate

  test('the one that is also offered for encryption is the one to come, else the first: a guess', async () => {
    const one = await certificate('one', '2026-11-21T17:05:09Z')
    const two = await certificate('two', '2026-11-21T17:05:09Z')
    const told = tellCertificatesApart([two, one], {now, encryption: [two.thumbprint]})
    expect(told).toMatchObject({current: one, next: two, toldApartBy: 'encryption key'})
    const guessed = tellCertificatesApart([two, one], {now, encryption: []})
    expect(guessed).toMatchObject({current: two, next: one, toldApartBy: 'document order'})
  })

  test('expired or not begun is not the current one while another is valid', async () => {
    const one = await certificate('one', '2026-11-21T17:05:09Z')
    const expired = await certificate('expired', '2020-01-01', '2021-01-01')
    const future = await certificate('future', '2027-01-01')
    const told = tellCertificatesApart([future, expired, one], {now, encryption: []})
    expect(told).toMatchObject({current: one, next: future, toldApartBy: 'validity'})
    const over = await certificate('over', '2026-11-21T17:06:00Z', '2026-11-21T17:07:00Z')
    expect(tellCertificatesApart([over, one], {now, encryption: []}).next).toBeUndefined()
  })
})

const samples = join(process.cwd(), '..', 'shared', 'samples')
const real = existsSync(samples) ? describe : describe.skip

real('metadata of other implementations', () => {
  const read = (path: string) => readFileSync(join(samples, path), 'utf8')
  const certificateOf = (path: string) => read(path).replaceAll(/-----[^-]+-----|\s/g, '')

  test.each([
    [
      'wsfed/ssp-FederationMetadata.xml',
      'WsFed',
      'http://sts.contoso.test/adfs/services/trust',
      '/module.php/adfs/idp/prp.php',
    ],
    ['saml2/ssp-idp-metadata.xml', 'Samlp', 'http://sts.contoso.test/saml2/idp', '/saml2/idp/SSOService.php'],
  ])('SimpleSAMLphp lists the next certificate first: %s', async (file, protocol, issuerUri, path) => {
    const description = await readFederationMetadata(read(file), {source: file, now})
    expect(toFederationSettings(description)).toMatchObject({
      issuerUri,
      preferredAuthenticationProtocol: protocol,
      passiveLogOnUri: `http://127.0.0.1:8180/simplesaml${path}`,
      signingCertificate: certificateOf('ssp-signing.crt'),
      nextSigningCertificate: certificateOf('ssp-next-signing.crt'),
    })
  })

  test('Auth0 wsfed: the active address it makes up on another host is pointed out', async () => {
    const file = 'wsfed/npm-wsfed-FederationMetadata.xml'
    const description = await readFederationMetadata(read(file), {source: file, now})
    expect(toFederationSettings(description)).toMatchObject({
      passiveLogOnUri: 'http://127.0.0.1:8280/idp/wsfed',
      metadataExchangeUri: 'http://127.0.0.1:8280/idp/mex',
      signingCertificate: certificateOf('npm-fed-signing.crt'),
    })
    expect(description.findings).toMatchObject([{code: 'ActiveAddressElsewhere'}])
  })

  test('Auth0 samlp', async () => {
    const file = 'saml2/npm-samlp-idp-metadata.xml'
    const description = await readFederationMetadata(read(file), {source: file, now})
    expect(toFederationSettings(description)).toMatchObject({
      issuerUri: 'http://npm-fed.test/saml2/idp',
      passiveLogOnUri: 'http://127.0.0.1:8280/idp/samlp',
      logOffUri: 'http://127.0.0.1:8280/logout',
    })
  })

  test('a sign-in address that is named as the active one, too, is not taken for one', async () => {
    const file = join(samples, '../security/corpus/node-saml_xml-crypto/test/static/wsfederation_metadata.xml')
    const description = await readFederationMetadata(readFileSync(file, 'utf8'), {source: file, now})
    expect(description.roles[0]).toMatchObject({
      protocol: 'WsFed',
      passiveLogOnUri: 'https://login.windows.net/8bd6e98d-e212-4022-b13f-a244fab4c253/wsfed',
      certificates: {toldApartBy: 'metadata signature'},
    })
    expect(description.roles[0].activeLogOnUri).toBeUndefined()
  })

  test.each(['mellon', 'shib'])('the metadata of a service provider is refused: %s', async (name) => {
    const file = `saml2/${name}-sp-metadata.xml`
    await expect(readFederationMetadata(read(file), {source: file, now})).rejects.toThrow('service provider')
  })
})
