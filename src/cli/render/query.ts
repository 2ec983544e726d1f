import {FedctlError} from '../../lib/errors/fedctl-error.ts'

/** A JMESPath expression that has been understood: what it makes of records. Throws QueryInvalid, before any record is looked at. */
export async function readQuery(expression: string): Promise<(rows: readonly object[]) => unknown> {
  const {compile, search} = await import('@jmespath-community/jmespath')
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
  said(() => compile(expression))
  return (rows) => said(() => search(JSON.parse(JSON.stringify(rows)), expression))
}
