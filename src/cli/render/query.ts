import {FedctlError} from '../../lib/errors/fedctl-error.ts'

/** What a JMESPath expression makes of the records. */
export async function queried(rows: readonly object[], expression: string): Promise<unknown> {
  const {search} = await import('@jmespath-community/jmespath')
  try {
    return search(JSON.parse(JSON.stringify(rows)), expression)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new FedctlError('QueryInvalid', `--query "${expression}" is not JMESPath: ${why}`, {
      hints: ['For example: --query "[?authentication==\'Federated\'].name"'],
      cause,
    })
  }
}
