export const eventFiltersTh = {
  filters: 'เดือนและจังหวัดของงาน',
  month: 'เดือนของงาน',
  anyMonth: 'ทุกเดือน',
  province: 'จังหวัด',
  anyProvince: 'ทุกจังหวัด',
  clear: 'ล้างตัวกรอง',
  counted: '{name} ({n})',
  failed: 'โหลดตัวกรองไม่สำเร็จ',
} as const
