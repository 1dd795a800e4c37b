export { toBasisPoints, toPercent } from './percent.ts'
