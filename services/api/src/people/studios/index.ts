export { actForStudio } from './act-for-studio.ts'
export { inNamedStudio, inStudio, isOfList, type ListContext, MANAGERS } from './in-studio.ts'
export { isMemberOf } from './member-of.ts'
