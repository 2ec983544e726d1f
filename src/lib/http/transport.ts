import type {HttpExchange} from '../model/http-message.ts'

/**
 * The one function in which the embedded directory and the cloud differ. Rejects with FedctlError `Unreachable` when no answer came;
 * any status that did arrive is an answer.
 */
export type Transport = HttpExchange
