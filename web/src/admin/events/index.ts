export { statusTone } from './status-tone.ts'
