/** Signing in, and one's password. */
export const signin = {
  signin: {
    title: '登录',
    sub: '用镇里给您的账号，不用手机号。',
    ended: '登录已经到时，请重新登录；填了一半的内容还在。',
    account: '账号',
    password: '密码',
    go: '登录',
    busy: '正在登录',
    tip: '第一次登录会让您改密码。忘了密码，请找镇里的管理员重设。',
    motto1: '以事实为根据，',
    motto2: '以法律为准绳。',
    logged: '系统内有个人信息，查看均有记录。',
  },
  password: {
    title: '改密码',
    first: '{name}，第一次登录先改密码，改好就进入今日。',
    old: '现在的密码',
    new: '新密码',
    again: '再写一遍新密码',
    hint: '至少 10 位，不要和别处相同。',
    differs: '两遍写的不一样。',
    go: '改密码',
    busy: '正在改',
    done: '密码已改。其他会话不受影响，可以在下面结束。',
  },
}
