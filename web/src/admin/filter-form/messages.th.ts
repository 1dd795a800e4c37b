export const filterFormTh = {
  show: 'แสดง',
  more: 'ตัวกรองเพิ่มเติม',
  clear: 'ล้างตัวกรอง',
}
