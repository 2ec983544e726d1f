import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {guidFromBytes, guidToBytes, readGuid} from '../../../src/lib/model/guid.ts'
import {
  type ImmutableIdForm,
  immutableIdForms,
  inAllForms,
  readImmutableId,
} from '../../../src/lib/model/immutable-id.ts'

// Pairs that others published: the product source, and three guides for administrators.
const published = [
  ['ac7f7894-fc42-4adf-bafe-64ad0e70f8bb', 'lHh/rEL830q6/mStDnD4uw=='],
  ['f7cc07d7-7c15-447d-876d-c01b0e5a9e38', '1wfM9xV8fUSHbcAbDlqeOA=='],
  ['3ab39606-c642-489b-84b6-58c038d3ef39', 'BpazOkLGm0iEtljAONPvOQ=='],
] as const

const bytes16 = fc.uint8Array({minLength: 16, maxLength: 16})

function idOf(text: string, from?: ImmutableIdForm): string | undefined {
  const reading = readImmutableId(text, from)
  return reading.ok ? reading.value[0]?.immutableId : undefined
}

describe('readImmutableId', () => {
  test.each(published)('%s is %s, both ways', (guid, base64) => {
    expect(idOf(guid)).toBe(base64)
    expect(readImmutableId(base64)).toMatchObject({ok: true, value: [{guid, readAs: 'base64'}]})
  })

  test("an attribute editor's bytes", () => {
    expect(readImmutableId('74 E5 D2 BC 58 8D 36 41 A9 DF 8A 19 B1 45 DB 79')).toMatchObject({
      ok: true,
      value: [{guid: 'bcd2e574-8d58-4136-a9df-8a19b145db79', readAs: 'hex'}],
    })
  })

  test('every form leads back to the same bytes', () => {
    fc.assert(
      fc.property(bytes16, (bytes) => {
        const {immutableId, guid, hexBytes, ldapFilter} = inAllForms(bytes, 'base64')
        return [immutableId, guid, hexBytes, ldapFilter].every((text) => idOf(text) === immutableId)
      }),
    )
  })

  test('32 bare digits are raw bytes first, the text of a GUID second', () => {
    const reading = readImmutableId('94787fac42fcdf4abafe64ad0e70f8bb')
    expect(reading).toMatchObject({
      value: [
        {readAs: 'hex', immutableId: 'lHh/rEL830q6/mStDnD4uw=='},
        {readAs: 'guid', guid: '94787fac-42fc-df4a-bafe-64ad0e70f8bb'},
      ],
    })
    expect(idOf('ac7f7894fc424adfbafe64ad0e70f8bb', 'guid')).toBe('lHh/rEL830q6/mStDnD4uw==')
  })

  test.each([
    '',
    'ada@contoso.com',
    'YWM3Zjc4OTQtZmM0Mi00YWRm',
    'lHh/rEL830q6/mStDnD4ux==',
    'lHh/rEL830q6/mStDnD4uw',
    '94 78 7F',
  ])('%p is none', (text) => expect(readImmutableId(text).ok).toBe(false))

  test('a wish for one form is kept to', () => {
    for (const form of immutableIdForms) expect(readImmutableId('nonsense', form).ok).toBe(false)
    expect(readImmutableId('lHh/rEL830q6/mStDnD4uw==', 'guid').ok).toBe(false)
  })
})

test('a GUID and its bytes are each other’s inverse', () => {
  fc.assert(fc.property(bytes16, (bytes) => Buffer.compare(guidToBytes(guidFromBytes(bytes)), bytes) === 0))
  expect(readGuid('{AC7F7894-FC42-4ADF-BAFE-64AD0E70F8BB}')).toEqual({
    ok: true,
    value: 'ac7f7894-fc42-4adf-bafe-64ad0e70f8bb',
  })
  expect(readGuid('ac7f7894-fc42-4adf-bafe').ok).toBe(false)
})
