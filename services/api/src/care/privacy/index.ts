export { startForgetting } from './forget-old-rows.ts'
