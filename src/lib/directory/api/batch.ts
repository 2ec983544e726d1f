import type {HttpRequest} from '../../model/http-message.ts'
import {type Answer, type Call, ok} from './call.ts'
import {type BatchedRequest, readBatch} from './read-batch.ts'

/** Answers one request of a batch; refusals are answers. */
export type AnswerOne = (request: HttpRequest) => Promise<Answer>

/**
 * Answers a $batch: its requests side by side, each as if it came alone, or when those that it waits for are answered. What they change
 * side by side waits for the disk together. The answers are in the order of the requests.
 */
export async function answerBatch(call: Call, answerOne: AnswerOne): Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  for (const one of readBatch(call)) answers.set(one.id, answerInTurn(one, answers, answerOne))
  // Nothing goes on behind the back of whoever is told of a failure.
  await Promise.allSettled(answers.values())
  const responses = [...answers].map(async ([id, answer]) => toResponse(id, await answer))
  return ok({responses: await Promise.all(responses)})
}

const failedDependency: Answer = {
  status: 424,
  body: {error: {code: 'FailedDependency', message: 'Failed Dependency', innerError: {}}},
}

async function answerInTurn(
  {request, dependsOn}: BatchedRequest,
  answers: ReadonlyMap<string, Promise<Answer>>,
  answerOne: AnswerOne,
): Promise<Answer> {
  for (const id of dependsOn) if (((await answers.get(id))?.status ?? 0) >= 400) return failedDependency
  return answerOne(request)
}

function toResponse(id: string, {status, body, headers = {}}: Answer): object {
  const type = body === undefined ? {} : {'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json'}
  const own = Object.entries(headers).map(([name, value]) => [capitals(name), value])
  return {id, status, headers: {...type, ...Object.fromEntries(own)}, ...(body === undefined ? {} : {body})}
}

const capitals = (name: string): string => name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
