export const filterFormEn = {
  show: 'Show',
  more: 'More filters',
  clear: 'Clear filters',
}
