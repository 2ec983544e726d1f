import {readFileSync} from 'node:fs'
import type {Processes} from '../lib/plan/journal-file.ts'

/** The processes of this machine: who runs a plan, and whether that one still lives. */
export const processTable = (): Processes => ({
  get self() {
    return {pid: process.pid, startedAt: startOf(process.pid) ?? ''}
  },
  isRunning({pid, startedAt}) {
    if (!isThere(pid)) return false
    const start = startOf(pid)
    return start === undefined || startedAt === '' || start === startedAt
  },
})

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Which boot, and how long after it: Linux says so of every process, and numbers are used again. Elsewhere unknown. */
function startOf(pid: number): string | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${afterName.split(' ')[19] ?? ''}`
  } catch {
    return undefined
  }
}
