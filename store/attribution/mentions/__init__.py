"""Who is mentioned: names, roles, nominals and pronouns, and which of them are one entity.

name_runs        runs of capitalised words
names            names of people and organisations in a text
name_features    what words and their neighbours tell about a run of capitalised words
name_model       which stretch of a run is a person, by learned weights
role_phrases     noun phrases that tell what somebody is, left and right of a name
distant_roles    roles told at some distance from the name
roles            what somebody is: offices, titles, occupations
nominals         noun phrases that stand for people ("a senior aide")
pronouns         what a pronoun can stand for
name_similarity  whether two names can be one
name_clusters    names of one text grouped by whom they name
discourse        who is in the reader's mind at a place in the text
coreference      single names, nominals and pronouns resolved to entities
entities         the people and organisations of a text, with their mentions
"""
