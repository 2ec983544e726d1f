// Mutations of good tokens against the judge: npm run fuzz:token -- 50000 [seed]. Fails when one is accepted that says what nobody
// signed, when anything but a refusal is thrown, or when a verdict takes more than a second.
import {fuzzToken} from '../test/parts/fuzz-token.ts'

const [count = '50000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2)
const start = performance.now()
const {accepted, codes, slowestMilliseconds, wrong} = await fuzzToken(Number(count), Number(seed))
const seconds = (performance.now() - start) / 1000
console.log(`${count} mutations, seed ${seed}: ${accepted} accepted, each as it was signed; ${wrong.length} wrong`)
console.log(`${seconds.toFixed(0)} s, slowest verdict ${slowestMilliseconds.toFixed(0)} ms`)
for (const [code, times] of Object.entries(codes).toSorted(([, one], [, other]) => other - one))
  console.log(`${times}\t${code}`)
for (const line of wrong) console.error(line)
process.exitCode = wrong.length > 0 || slowestMilliseconds > 1000 ? 1 : 0
