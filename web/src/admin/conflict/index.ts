export { default as ConflictNote } from './ConflictNote.vue'
