/** A claim as AD FS holds it while its rules run. */
export interface Claim {
  readonly type: string
  readonly value: string
  readonly issuer?: string
  readonly properties?: Readonly<Record<string, string>>
}

/** The attributes of the accounts of a directory: DOMAIN\name → attribute → value. */
export type Accounts = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Runs rules of AD FS's claim rule language, as much of it as ours use, and gives the claims that are issued. What it does not understand
 * is an error, so a rule that passes here means what it says.
 */
export function runClaimRules(rules: string, incoming: readonly Claim[], accounts: Accounts): Claim[] {
  const known = [...incoming]
  const issued: Claim[] = []
  for (const rule of splitRules(rules)) {
    const [, conditions = '', verb, action = ''] = /^(.*?)\s*=>\s*(issue|add)\((.*)\);$/s.exec(rule) ?? fail(rule)
    for (const binding of match(conditions, known)) {
      const claims = make(action, binding, accounts)
      known.push(...claims)
      if (verb === 'issue') issued.push(...claims)
    }
  }
  return issued
}

/** The rules without their names; each must have one. */
export const splitRules = (rules: string): string[] =>
  rules.split(/\n\n/).map((rule) => /^@RuleName = "[^"]+"\n(.*)$/s.exec(rule)?.[1] ?? fail(rule))

type Bound = Readonly<Record<string, Claim>>

function match(conditions: string, known: readonly Claim[]): Bound[] {
  let bindings: Bound[] = [{}]
  for (const condition of conditions.split(/\s*&&\s*/)) {
    const [, not, name = '', list = ''] =
      /^(?:(NOT EXISTS)\(|(\w+):)\[(.*)\]\)?$/s.exec(condition.trim()) ?? fail(condition)
    const found = known.filter((claim) => list.split(/,\s*(?=[A-Z])/).every((test) => holds(test, claim)))
    if (not !== undefined) bindings = found.length > 0 ? [] : bindings
    else bindings = bindings.flatMap((binding) => found.map((claim) => ({...binding, [name]: claim})))
  }
  return bindings
}

function holds(test: string, claim: Claim): boolean {
  const [, property, operator, expected = ''] =
    /^(Type|Value|Issuer) (==|=~) "([^"]*)"$/.exec(test.trim()) ?? fail(test)
  const actual = property === 'Type' ? claim.type : property === 'Value' ? claim.value : (claim.issuer ?? '')
  // .NET's inline option is JavaScript's flag.
  const pattern = (): RegExp => new RegExp(expected.replace('(?i)', ''), expected.startsWith('(?i)') ? 'i' : '')
  return operator === '==' ? actual === expected : pattern().test(actual)
}

function make(action: string, binding: Bound, accounts: Accounts): Claim[] {
  const value = (expression: string): string =>
    /^"([^"]*)"$/.exec(expression)?.[1] ?? binding[/^(\w+)\.Value$/.exec(expression)?.[1] ?? '']?.value ?? fail(action)
  const query = /^store = "Active Directory", types = \((.*)\), query = ";([^;]*);\{0\}", param = (.*)$/.exec(action)
  if (query !== null) {
    const [, types = '', attributes = '', parameter = ''] = query
    const account = accounts[value(parameter)] ?? {}
    return attributes.split(',').flatMap((attribute, index) => {
      const found = account[attribute]
      return found === undefined ? [] : [{type: value(types.split(/,\s*/)[index] ?? ''), value: found}]
    })
  }
  const [, type = '', text = '', property, content = ''] =
    /^Type = ("[^"]*"), Value = ([^,]*)(?:, Properties\[("[^"]*")\] = (.*))?$/.exec(action) ?? fail(action)
  const claim = {type: value(type), value: value(text)}
  return [property === undefined ? claim : {...claim, properties: {[value(property)]: value(content)}}]
}

function fail(what: string): never {
  throw new Error(`not a rule this reader knows: ${what}`)
}
