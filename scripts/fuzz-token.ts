// Mutations of good tokens against the judge: npm run fuzz:token -- 50000 [seed]. Fails when one is accepted that says what nobody
// signed, when anything but a refusal is thrown, or when a verdict takes more than a second. Each processor takes its share.
import {availableParallelism} from 'node:os'
import {isMainThread, parentPort, Worker, workerData} from 'node:worker_threads'
import {type FuzzOutcome, fuzzToken} from '../test/parts/fuzz-token.ts'

if (isMainThread) await main()
else parentPort?.postMessage(await fuzzToken(workerData.count, workerData.seed))

async function main(): Promise<void> {
  const [count = '50000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2)
  const workers = availableParallelism()
  const start = performance.now()
  const shares = Array.from({length: workers}, (_, at) => Math.floor((Number(count) + at) / workers))
  const outcomes = await Promise.all(shares.map((share, at) => fuzzInWorker(share, Number(seed) + at)))
  const seconds = (performance.now() - start) / 1000
  const slowest = Math.max(...outcomes.map(({slowestMilliseconds}) => slowestMilliseconds))
  const wrong = outcomes.flatMap((outcome, at) => outcome.wrong.map((line) => `seed ${Number(seed) + at}, ${line}`))
  const accepted = outcomes.reduce((sum, outcome) => sum + outcome.accepted, 0)
  const codes: Record<string, number> = {}
  for (const [code, times] of outcomes.flatMap((outcome) => Object.entries(outcome.codes)))
    codes[code] = (codes[code] ?? 0) + times
  const refused = Object.values(codes).reduce((sum, times) => sum + times, 0)
  console.log(`${count} mutations, seed ${seed} in ${workers} threads: ${accepted} accepted, ${refused} refused`)
  console.log(`${wrong.length} wrong: accepted otherwise than signed, or ended by no refusal`)
  const memory = process.resourceUsage().maxRSS / 1024
  console.log(
    `${seconds.toFixed(0)} s, slowest verdict ${slowest.toFixed(0)} ms (limit 1000), ${memory.toFixed(0)} MiB at most`,
  )
  for (const [code, times] of Object.entries(codes).toSorted(([, one], [, other]) => other - one))
    console.log(`${times}\t${code}`)
  for (const line of wrong) console.error(line)
  process.exitCode = wrong.length > 0 || slowest > 1000 ? 1 : 0
}

function fuzzInWorker(count: number, seed: number): Promise<FuzzOutcome> {
  const {promise, resolve, reject} = Promise.withResolvers<FuzzOutcome>()
  new Worker(new URL(import.meta.url), {workerData: {count, seed}}).on('message', resolve).on('error', reject)
  return promise
}
