/** How many of these a second of processor time does, over all threads of this process. */
export async function perCpuSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const {user, system} = process.cpuUsage(start)
  return count / ((user + system) / 1e6)
}

/** The rate of the best of so many turns, each of which does so many. */
export async function bestOf(turns: number, count: number, work: (turn: number) => Promise<unknown>): Promise<number> {
  let best = 0
  for (let turn = 0; turn < turns; turn++) best = Math.max(best, await perCpuSecond(count, () => work(turn)))
  return best
}
