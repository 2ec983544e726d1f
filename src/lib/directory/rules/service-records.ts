/** A DNS record that a service needs at a domain, as Graph writes it. */
export type ServiceRecord = Readonly<Record<string, string | number | boolean>>

type Own = Readonly<Record<string, string | number>>

const [email, communications] = ['Email', 'OfficeCommunicationsOnline'] as const

/** What Microsoft's services ask the owner of a domain to write into DNS: of those that the domain is used for. */
export function serviceRecords(domain: string, services: readonly string[]): ServiceRecord[] {
  const dashed = domain.replaceAll('.', '-')
  const all = [
    record('Mx', email, {label: domain, mailExchange: `${dashed}.mail.protection.outlook.com`, preference: 0}),
    record('Txt', email, {label: domain, text: 'v=spf1 include:spf.protection.outlook.com -all'}),
    record('CName', email, {label: `autodiscover.${domain}`, canonicalName: 'autodiscover.outlook.com'}),
    record('CName', communications, {label: `sip.${domain}`, canonicalName: 'sipdir.online.lync.com'}),
    record('CName', communications, {label: `lyncdiscover.${domain}`, canonicalName: 'webdir.online.lync.com'}),
    record('Srv', communications, {
      ...server('sipdir.online.lync.com', 443),
      label: `_sip._tls.${domain}`,
      service: '_sip',
      protocol: '_tls',
    }),
    record('Srv', communications, {
      ...server('sipfed.online.lync.com', 5061),
      label: `_sipfederationtls._tcp.${domain}`,
      service: '_sipfederationtls',
      protocol: '_tcp',
    }),
  ]
  return (
    all
      .filter(({supportedService}) => services.includes(String(supportedService)))
      // Nobody keeps these records: an id only tells them apart.
      .map((one, index) => ({...one, id: `${String(index + 1).padStart(8, '0')}-0000-4000-8000-000000000000`}))
  )
}

const record = (type: string, supportedService: string, own: Own): ServiceRecord => ({
  '@odata.type': `#microsoft.graph.domainDns${type === 'CName' ? 'Cname' : type}Record`,
  isOptional: false,
  recordType: type,
  supportedService,
  ttl: 3600,
  ...own,
})

const server = (nameTarget: string, port: number): Own => ({nameTarget, port, priority: 100, weight: 1})
