"""The register (реестр документов): the life of a paper, its marks, what changes after signing, the order of papers of a pair."""
