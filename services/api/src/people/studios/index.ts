export { isMemberOf } from './member-of.ts'
