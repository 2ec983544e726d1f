// node convert-and-die.ts FOLDER PLAN-FILE MOMENT: carries a conversion out on the directory of the folder and kills itself at the moment
// of that number: after a line of the journal, and during and after a request that changes something.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Journal} from '../../src/lib/plan/journal.ts'
import {readPlan} from '../../src/lib/plan/plan-file.ts'
import {runPlan} from '../../src/lib/plan/run-plan.ts'
import {openJournal} from '../../src/lib/plan/unfinished-plan.ts'
import {openConversionWorld} from './conversion-world.ts'

const [folder = '', planFile = '', moment = ''] = process.argv.slice(2)
let passed = 0
const at = () => {
  if (passed === Number(moment)) process.kill(process.pid, 'SIGKILL')
  passed += 1
}
const plan = readPlan(readFileSync(planFile, 'utf8'), planFile)
const world = await openConversionWorld(folder, (directory) => async (request) => {
  const answer = directory(request)
  if (request.method !== 'GET') at()
  await answer
  if (request.method !== 'GET') at()
  return answer
})
const processes = {self: {pid: process.pid, startedAt: 'then'}, isRunning: () => false}
const written = await openJournal(join(folder, 'journals'), plan, processes)
const journal: Journal = {
  ...written,
  async record(step, mark) {
    await written.record(step, mark)
    at()
  },
}
await runPlan(plan, world.resources(true), {journal})
await world.close()
