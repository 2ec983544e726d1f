import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {readDomainName} from '../../../src/lib/model/domain-name.ts'
import {type PhpValue, phpText, phpValue} from '../../../src/lib/relying-party/php-value.ts'
import {simplesamlphpFiles} from '../../../src/lib/relying-party/simplesamlphp.ts'

const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))
const hasPhp = spawnSync('php', ['--version']).status === 0

const name = readDomainName('contoso.com')
if (!name.ok) throw new Error(name.problem)
const files = (replyAddress: string) =>
  simplesamlphpFiles({replyAddress, domains: [{name: name.value}], otherDomains: []})

/** What PHP makes of a script, as JSON in base64 or not: the script prints it. */
function php(script: string): unknown {
  const file = join(folder, 'script.php')
  writeFileSync(file, script)
  return JSON.parse(
    execFileSync('php', ['-d', 'display_errors=stderr', '-d', 'error_reporting=-1', file], {encoding: 'utf8'}),
  )
}

test('in a PHP string a backslash and a single quote alone are escaped', () => {
  expect(phpText('a\\\'b"$x{$y}?>\n')).toBe("'a\\\\\\'b\"$x{$y}?>\n'")
})

;(hasPhp ? describe : describe.skip)('PHP', () => {
  const text = fc.array(
    fc.constantFrom("'", '\\', '"', '$x', '{$y}', '?>', '<?php', '\n', '\r\n', '\0', 'é', '😀', ';//', "\\'"),
    {maxLength: 8},
  )
  const leaf = fc.oneof(
    text.map((parts) => parts.join('')),
    fc.string({unit: 'grapheme'}),
    fc.integer(),
    fc.boolean(),
  )
  // Not with marks that JSON escapes: JSON.parse of V8 13.6 mistakes one such key for another.
  const key = fc.stringMatching(/^k['$?>]{0,4}$/)
  const tree = fc.letrec<{value: PhpValue}>((tie) => ({
    value: fc.oneof(
      leaf,
      fc.array(tie('value'), {maxLength: 3}),
      fc.dictionary(key, tie('value'), {minKeys: 1, maxKeys: 3}),
    ),
  })).value

  test('reads back every value that is written', () => {
    const values = fc.sample(tree, 300)
    const script = `<?php echo json_encode([${values.map((value) => phpValue(value)).join(',')}]);`
    expect(php(script)).toEqual(JSON.parse(JSON.stringify(values)))
  })

  test.each(['https://login.microsoftonline.com/login.srf', "https://x.test/?a=1&b='\\?><x"])(
    'reads the files: %s',
    (replyAddress) => {
      const [wsFederation, saml] = files(replyAddress).map(({content}) => {
        writeFileSync(join(folder, 'metadata.php'), content)
        expect(spawnSync('php', ['-l', join(folder, 'metadata.php')]).status).toBe(0)
        return php(
          `<?php $metadata = []; include ${phpText(join(folder, 'metadata.php'))}; echo json_encode($metadata);`,
        )
      })
      expect(wsFederation).toMatchObject({'urn:federation:MicrosoftOnline': {prp: replyAddress}})
      expect(saml).toMatchObject({
        'urn:federation:MicrosoftOnline': {AssertionConsumerService: [{Location: replyAddress}]},
      })
    },
  )

  const upn = 'http://schemas.xmlsoap.org/claims/UPN'
  const immutableId = 'http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID'

  /** Runs the filter of the WS-Federation file over attributes, given as PHP source, as SimpleSAMLphp would. */
  function filtered(attributes: string): unknown {
    writeFileSync(join(folder, 'metadata.php'), files('https://x.test/')[0]?.content ?? '')
    return php(`<?php namespace SimpleSAML\\Error { class Exception extends \\Exception {} }
      namespace { include ${phpText(join(folder, 'metadata.php'))};
      $attributes = ${attributes};
      try { eval($metadata['urn:federation:MicrosoftOnline']['authproc'][90]['code']); echo json_encode($attributes); }
      catch (\\SimpleSAML\\Error\\Exception $e) { echo json_encode($e->getMessage()); } }`)
  }

  test.each([
    [
      'binary as LDAP has it',
      "['userPrincipalName' => ['a@b'], 'objectGUID' => [hex2bin('000102030405060708090a0b0c0d0e0f')], 'mail' => ['x']]",
      'AAECAwQFBgcICQoLDA0ODw==',
    ],
    [
      'in base64',
      "['userPrincipalName' => ['a@b'], 'objectGUID' => ['AAECAwQFBgcICQoLDA0ODw==']]",
      'AAECAwQFBgcICQoLDA0ODw==',
    ],
    [
      'mS-DS-ConsistencyGuid first',
      "['userPrincipalName' => ['a@b'], 'objectGUID' => ['one'], 'mS-DS-ConsistencyGuid' => ['other']]",
      'other',
    ],
    [
      'a claim that is there already',
      `['${upn}' => ['a@b'], '${immutableId}' => ['sixteen letters!'], 'objectGUID' => ['one']]`,
      'sixteen letters!',
    ],
  ])('makes the two claims and leaves no other: %s', (_what, attributes, id) => {
    expect(filtered(attributes)).toEqual({[upn]: ['a@b'], [immutableId]: [id]})
  })

  test('signs nobody in who has no immutable id', () => {
    expect(filtered("['userPrincipalName' => ['a@b'], 'objectGUID' => ['']]")).toContain('The user has none of')
  })
})
