import type {JSONArray} from '@jmespath-community/jmespath'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'

/**
 * A JMESPath expression that has been understood: what it makes of records. The properties of the records are found in any case. Throws
 * QueryInvalid, before any record is looked at.
 */
export async function readQuery(
  expression: string,
  properties: readonly string[],
): Promise<(rows: readonly object[]) => unknown> {
  const {compile, TreeInterpreter} = await import('@jmespath-community/jmespath')
  const said = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new FedctlError('QueryInvalid', `--query "${expression}" cannot be used: ${why}`, {
        hints: ['For example: --query "[?authentication==\'Federated\'].name"'],
        cause,
      })
    }
  }
  const known = new Map(properties.map((name) => [name.toLowerCase(), name]))
  const query = inOurCase(
    said(() => compile(expression)),
    known,
  ) as ReturnType<typeof compile>
  return (rows) => said(() => TreeInterpreter.search(query, JSON.parse(JSON.stringify(rows)) as JSONArray))
}

/** The same expression with the names of fields as the records have them. */
function inOurCase(node: unknown, known: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((child) => inOurCase(child, known))
  if (typeof node !== 'object' || node === null) return node
  const {type, name} = node as {type?: unknown; name?: unknown}
  const children = Object.entries(node).map(([key, child]) => [key, inOurCase(child, known)] as const)
  const copy = Object.fromEntries(children)
  return type === 'Field' && typeof name === 'string' ? {...copy, name: known.get(name.toLowerCase()) ?? name} : copy
}
