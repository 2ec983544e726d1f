// node load-and-die.ts FILE TENANT FIRST LAST: makes users through $batches, five at once, and says the number of each that the directory
// has acknowledged. Somebody kills it meanwhile.
import {writeSync} from 'node:fs'
import {makeCrowd, openCrowd} from './crowd.ts'

const [file = '', tenantId = '', first = '', last = ''] = process.argv.slice(2)
const [from, to, atOnce] = [Number(first), Number(last), 5]
const crowd = await openCrowd(file, tenantId)
const part = Math.ceil((to - from) / atOnce)
// Written at once, so that nothing that was acknowledged goes unsaid.
const said = (numbers: readonly number[]): unknown => writeSync(1, `${numbers.join('\n')}\n`)
await Promise.all(
  Array.from({length: atOnce}, (_, index) =>
    makeCrowd(crowd, [from + index * part, Math.min(to, from + (index + 1) * part)], said),
  ),
)
await crowd.close()
