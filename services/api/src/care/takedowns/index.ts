export { type Decision, decideTakedown } from './decide-takedown.ts'
export { finishTakedown, startTakedownSweeps } from './finish-takedowns.ts'
export { takedownRoutes } from './routes.ts'
