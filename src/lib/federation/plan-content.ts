import type {Plan} from '../plan/plan.ts'

/** What a planner decides of a plan; the rest says whose plan it is. */
export type PlanContent = Pick<Plan, 'summary' | 'findings' | 'steps'>
