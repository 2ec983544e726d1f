import * as Flags from '@oclif/core/flags'
import {FedctlCommand} from '../cli/fedctl-command.ts'
import {requiredIdentity} from '../cli/flags/identity.ts'
import type {CommandParameters} from '../cli/flags/parameters.ts'
import {valueRead} from '../cli/flags/value.ts'
import {immutableIdView} from '../cli/views/immutable-id-view.ts'
import {type ImmutableIdReading, immutableIdForms, readImmutableId} from '../lib/model/immutable-id.ts'

export default class ConvertImmutableId extends FedctlCommand<ImmutableIdReading> {
  static override topic = 'User'
  static override summary = 'Convert an immutable id between GUID, base64, hex bytes and LDAP filter.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> lHh/rEL830q6/mStDnD4uw==',
    '<%= config.bin %> <%= command.id %> ac7f7894-fc42-4adf-bafe-64ad0e70f8bb',
    "<%= config.bin %> <%= command.id %> '94 78 7F AC 42 FC DF 4A BA FE 64 AD 0E 70 F8 BB'",
  ]
  static override args = {
    immutableId: requiredIdentity({
      description: 'The id, in any of the forms.',
      parse: (text) => text,
      givenAs: ['immutable-id'],
    }),
  }
  static override flags = {
    'immutable-id': Flags.string({summary: 'The id, by name of the parameter.'}),
    from: Flags.option({summary: 'How to read it.', options: immutableIdForms})(),
  }
  protected override readonly view = immutableIdView

  override async *records({
    immutableId,
    from,
  }: CommandParameters<typeof ConvertImmutableId>): AsyncIterable<ImmutableIdReading> {
    const [reading, other] = valueRead(readImmutableId(immutableId, from), immutableId, 'an immutable id')
    if (reading === undefined) return
    if (other !== undefined)
      this.context.warn(
        '32 hex digits can be the raw bytes or the text of a GUID; both are shown, raw bytes first. --from decides.',
      )
    yield reading
    if (other !== undefined) yield other
  }
}
