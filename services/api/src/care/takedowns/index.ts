export { type Decision, decideTakedown } from './decide-takedown.ts'
export { deleteTakenDown, finishTakedown, startTakedownSweeps } from './finish-takedowns.ts'
export { takeDownAgain } from './take-down-again.ts'
export { takedownRoutes } from './routes.ts'
