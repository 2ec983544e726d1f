import {FedctlError} from './fedctl-error.ts'

/** Whether an error is a clear no (exit codes 2 to 5), so that what was asked for has certainly changed nothing. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof FedctlError && error.exitCode >= 2 && error.exitCode <= 5
