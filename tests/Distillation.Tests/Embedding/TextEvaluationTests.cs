using Motion.Distillation.Embedding;

namespace Motion.Distillation.Tests.Embedding;

public class TextEvaluationTests
{
    // Query 0 finds its clip first, query 1 its clip third, query 2 its second clip second (the first one fourth).
    private static readonly float[] Scores =
    [
        0.9f, 0.1f, 0.2f, 0.3f,
        0.8f, 0.6f, 0.7f, 0.1f,
        0.1f, 0.9f, 0.8f, 0.0f,
    ];

    private static readonly bool[] Right =
    [
        true, false, false, false,
        false, true, false, false,
        false, false, true, true,
    ];

    // Places 1, 3, 2: one in three within 1, all within 3, and 2 in the middle.
    [Fact]
    public void Places_of_the_first_right_one_are_counted()
    {
        Retrieval there = TextEvaluation.Score(Scores, Right, 3, 4, seed: 0).SentenceToClip;
        Assert.Equal((1 / 3.0, 1.0, 1.0, 2.0, 3, 4), (there.R1, there.R3, there.R5, there.MedianRank, there.Queries, there.Candidates));
    }

    // By columns: clip 0 is right for query 0 (0.9 of 0.9, 0.8, 0.1): first. Clip 1 for query 1 (0.6 of 0.1, 0.6, 0.9): second. Clip 2 for query 2
    // (0.8 of 0.2, 0.7, 0.8): first. Clip 3 for query 2 (0 of 0.3, 0.1, 0): third. Two of four within 1; 1, 1, 2, 3 have 1.5 in the middle.
    [Fact]
    public void The_other_way_is_counted_by_columns()
    {
        Retrieval back = TextEvaluation.Score(Scores, Right, 3, 4, seed: 0).ClipToSentence;
        Assert.Equal((0.5, 1.0, 1.5, 4), (back.R1, back.R3, back.MedianRank, back.Queries));
    }

    // Query 0 always wins, query 1 only when both better ones are not drawn, query 2 only when the better one is not: of 3 draws from 3 or 2.
    [Fact]
    public void Four_way_choice_is_won_by_those_above_all_that_are_drawn()
    {
        Retrieval first = TextEvaluation.Score(Scores[..4], Right[..4], 1, 4, seed: 3).SentenceToClip;
        Assert.Equal(1, first.FourWay);
        // One of three wrong ones loses: (1/3)³ = 0.04 of the draws are won in the mean.
        Retrieval second = TextEvaluation.Score(Scores[4..8], Right[4..8], 1, 4, seed: 3).SentenceToClip;
        Assert.InRange(second.FourWay, 0, 0.3);
    }

    [Fact]
    public void A_tie_with_a_wrong_one_is_no_hit()
    {
        Retrieval there = TextEvaluation.Score([0.5f, 0.5f], [true, false], 1, 2, seed: 0).SentenceToClip;
        Assert.Equal((0.0, 2.0), (there.R1, there.MedianRank));
    }

    [Fact]
    public void Queries_without_a_right_one_are_not_counted() =>
        Assert.Equal(0, TextEvaluation.Score([0.5f, 0.5f], [false, false], 1, 2, seed: 0).SentenceToClip.Queries);
}
