import type { Badge, Maybe } from './types'

/** 依据: laws, their articles, and what stands on them. */
export interface LawItem { law: string; name: string; title: string; text: boolean; articles: number; rules: number }
export interface LawArticleLine { article: string; heading: string; text: string; rules: number }
export interface LawReading { law: string; name: string; title: string; text: boolean; opening: string; articles: LawArticleLine[] }
export interface Standing { sort: string; label: string; kind: string; where: string; place: string }
export interface LawRule {
  id: string; law: string; law_key: string; article: string; label: string; certainty: string; certainty_label: string
  since?: Maybe<string>; until?: Maybe<string>; within?: Maybe<string>; quote?: Maybe<string>; standing?: Standing[]
}
export interface OnArticle {
  law: string; name: string; title: string; text: boolean; article: string; heading: string; quote: string; rules: LawRule[]
  records: { records: number; deadlines: number; items: OnArticleRecord[] }
}
export interface OnArticleRecord {
  kind: string; kind_label: string; id: number; number: string; title: string; label: string; rule: string
  due?: Maybe<string>; handler_name: string; badge: Badge
}
export interface FoundArticle { law: string; name: string; article: string; excerpt: string; rules: number }
