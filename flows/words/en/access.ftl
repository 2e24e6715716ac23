# A chat that was read without a yes, because a life or a child was in danger.
confirmed = Because a life or a child may be in danger, a person at { $org } read this chat without your yes. A second person agreed.
    .asks = no
refused = A person at { $org } read this chat without your yes, because of danger. A second person did not agree, so it was closed.
    .asks = no
lapsed = A person at { $org } read this chat without your yes, because of danger. No second person agreed in time, so it was closed.
    .asks = no
stored = Opened without your yes, because of danger: { $opened }. Each time a second person at { $org } must agree within a day.
    .asks = no
