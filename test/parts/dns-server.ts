import {createSocket} from 'node:dgram'
import type {AddressInfo} from 'node:net'
import {decode, encode} from 'dns-packet'

export interface DnsServer {
  /** address:port */
  readonly address: string
  /** TXT records by name; a record is one string or several chunks. */
  readonly txt: Map<string, readonly (readonly string[])[]>
  close(): void
}

/** A DNS server on a UDP port of the loopback address that answers TXT questions from a map; other names do not exist. */
export async function openDnsServer(): Promise<DnsServer> {
  const txt: DnsServer['txt'] = new Map()
  const socket = createSocket('udp4')
  socket.on('message', (message, {port, address}) => {
    const {id, questions = []} = decode(message)
    const [question] = questions
    const records = question === undefined ? undefined : txt.get(question.name)
    const answer = encode({
      type: 'response',
      id: id ?? 0,
      // 3 is NXDOMAIN (RFC 1035, 4.1.1).
      flags: records === undefined ? 3 : 0,
      questions,
      answers: (records ?? []).map((data) => ({type: 'TXT', name: question?.name ?? '', ttl: 1, data: [...data]})),
    })
    socket.send(answer, port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, txt, close: () => socket.close()}
}
