import type {Plan} from '../plan/plan.ts'

/** What a planner decides of a plan; the rest says whose plan it is. */
export type PlanContent = Pick<Plan, 'summary' | 'findings' | 'steps'>

/** "1 user", "2 users". */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
