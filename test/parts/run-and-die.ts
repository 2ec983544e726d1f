// node run-and-die.ts FOLDER MOMENT [fail]: carries a plan out on files and kills itself at the moment of that number; with "fail" its last
// step fails, and moments count from there.
import {join} from 'node:path'
import type {Journal} from '../../src/lib/plan/journal.ts'
import {runPlan} from '../../src/lib/plan/run-plan.ts'
import {openJournal} from '../../src/lib/plan/unfinished-plan.ts'
import {everyChange, filedThings} from './plan-world.ts'

const [folder = '', moment = '', fail] = process.argv.slice(2)
let passed = 0
let counts = fail !== 'fail'
const at = () => {
  if (!counts) return
  if (passed === Number(moment)) process.kill(process.pid, 'SIGKILL')
  passed += 1
}

const processes = {self: {pid: process.pid, startedAt: 'then'}, isRunning: () => false}
const written = await openJournal(join(folder, 'journals'), everyChange, processes)
const journal: Journal = {
  ...written,
  async record(step, mark) {
    at()
    await written.record(step, mark)
    at()
  },
  async end() {
    at()
    await written.end()
  },
}
const things = filedThings(folder, (what) => {
  at()
  if (counts || what !== 'after writing changed' || journal.progress[2] !== 'done') return
  counts = true
  throw new Error('refused')
})
await runPlan(everyChange, things, {journal}).catch((error: unknown) => {
  if (fail !== 'fail') throw error
})
