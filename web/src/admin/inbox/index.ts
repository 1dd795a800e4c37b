export { openLines, refreshOpenLines } from './open-lines.ts'
