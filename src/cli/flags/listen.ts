import * as Flags from '@oclif/core/flags'
import {type ListenAddress, readListenAddress, readServedName, type ServedName} from '../../lib/model/listen-address.ts'
import {valueRead} from './value.ts'

const listenAddress = Flags.custom<ListenAddress>({
  helpValue: 'ADDRESS:PORT',
  parse: async (text) => valueRead(readListenAddress(text), text, 'an address to listen on'),
})

const servedName = Flags.custom<ServedName>({
  helpValue: 'HOST',
  parse: async (text) => valueRead(readServedName(text), text, 'a host name'),
})

/** How a service is told where it is reached, by what name, how much it takes, and what it writes down. */
export const listenFlags = {
  listen: listenAddress({
    summary: 'Where to listen; 127.0.0.1:8443 when nothing is said. Port 0 takes any that is free.',
  }),
  'allow-remote': Flags.boolean({summary: 'Listen where other machines can reach it.'}),
  name: servedName({
    summary:
      'A name by which clients reach it, with a port when that differs; other names are refused. Can be repeated.',
    multiple: true,
    multipleNonGreedy: true,
  }),
  certificate: Flags.string({
    summary: 'Certificate of the server and those of its authorities (PEM), instead of one of its own.',
    helpValue: 'FILE',
    dependsOn: ['key'],
  }),
  key: Flags.string({
    summary: 'Private key of the certificate; its passphrase is in FEDCTL_PASSPHRASE.',
    helpValue: 'FILE',
    dependsOn: ['certificate'],
  }),
  throttle: Flags.boolean({summary: 'Refuse who asks for too much, as the service does.'}),
  'throttle-scale': Flags.integer({
    summary: 'Divide the times of throttling, for tests.',
    helpValue: 'NUMBER',
    min: 1,
    max: 1000,
    dependsOn: ['throttle'],
  }),
  'access-log': Flags.string({
    summary: 'Where a line of JSON is added for each request; standard error when nothing is said.',
    helpValue: 'FILE',
    exclusive: ['quiet'],
  }),
  quiet: Flags.boolean({summary: 'No line for each request.'}),
}
