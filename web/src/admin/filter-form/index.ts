export { default as FilterForm } from './FilterForm.vue'
