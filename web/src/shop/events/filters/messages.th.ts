export const eventFiltersTh = {
  filters: 'เดือนและจังหวัดของงาน',
  month: 'เดือนของงาน',
  anyMonth: 'ทุกเดือน',
  province: 'จังหวัด',
  anyProvince: 'ทุกจังหวัด',
  clear: 'ล้างตัวกรอง',
} as const
