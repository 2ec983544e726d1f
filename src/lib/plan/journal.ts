/** What the journal says of one step; undefined: not begun. */
export type StepMark = 'begun' | 'done' | 'undoing' | 'undone'
export type Progress = readonly (StepMark | undefined)[]

/** What a run of a plan writes down before and after each change, so that another process can finish or undo it. */
export interface Journal {
  /** What has been written down so far, also by earlier runs; by step. */
  readonly progress: Progress
  /** Where it is written; absent: it is gone with the process. */
  readonly file?: string
  /** The manual step at which an earlier run left the plan waiting. */
  readonly waitingAt?: number
  /** Returns when the mark is on the disk. */
  record(step: number, mark: StepMark): Promise<void>
  /** Ends this run; the plan stays to be finished or undone. `waitingAt`: the manual step it waits for. */
  leave(waitingAt?: number): Promise<void>
  /** Ends the plan: nothing is left to finish or to undo. */
  end(): Promise<void>
}

/** A journal that is gone with the process. */
export function memoryJournal(): Journal {
  const progress: (StepMark | undefined)[] = []
  return {
    progress,
    record: async (step, mark) => {
      progress[step] = mark
    },
    leave: async () => {},
    end: async () => {},
  }
}
