export { default as FirstStepsPage } from './FirstStepsPage.vue'
