export { default as FilterForm } from './FilterForm.vue'
export { default as NoneFound } from './NoneFound.vue'
